/**
 * The proxies, dev servers and frameworks that are compared. Each has a file that defines how it is installed
 * and started, and the setups that become rows of the report.
 */
import { apache } from './hosts/apache.mjs'
import { caddy } from './hosts/caddy.mjs'
import { express } from './hosts/express.mjs'
import { fastify } from './hosts/fastify.mjs'
import { h2o } from './hosts/h2o.mjs'
import { h3 } from './hosts/h3.mjs'
import { haproxy } from './hosts/haproxy.mjs'
import { koa } from './hosts/koa.mjs'
import { lighttpd } from './hosts/lighttpd.mjs'
import { next } from './hosts/next.mjs'
import { nghttpx } from './hosts/nghttpx.mjs'
import { nginx } from './hosts/nginx.mjs'
import { rsbuild } from './hosts/rsbuild.mjs'
import { squid } from './hosts/squid.mjs'
import { trafficServer } from './hosts/traffic-server.mjs'
import { varnish } from './hosts/varnish.mjs'
import { vite } from './hosts/vite.mjs'
import { webpackDevServer5, webpackDevServer6 } from './hosts/webpack-dev-server.mjs'

/**
 * A row of the report, and its expected values. Undefined values are only reported.
 *
 * @typedef {object} Setup
 * @property {string} path its path on the host
 * @property {string} says its name in the row
 * @property {string} [query] additional parameters for the upstream
 * @property {string} [variant] each variant of a host is a separate process; `h2` is HTTP/2 over TLS
 * @property {boolean} [recommended] whether the documentation recommends it: it has to stream, and to forward
 *   every abort
 * @property {string} [configure] what to configure instead, if it is not recommended
 * @property {boolean} [streams] whether text must arrive as it is written
 * @property {boolean} [aborts] whether an abort in mid-stream must reach the upstream within a second
 * @property {boolean} [silentAborts] the same, while the upstream sends nothing
 * @property {boolean} [waitingAborts] the same, before the upstream has answered
 * @property {string} [cut] the kind of error that the page must see when the upstream breaks, or `nothing` if
 *   it must see none
 * @property {boolean} [gzip] whether the stream must be compressed
 */

/**
 * A program of the system or of a Debian package, or a server from npm packages.
 *
 * @typedef {object} Host
 * @property {string} [package] Debian's package
 * @property {string[]} [commands] names of the program
 * @property {string} [needs] a file that the program requires
 * @property {(folder: string, port: number) => string[]} [arguments]
 * @property {(settings: object) => string | Record<string, string>} [config] the file `config`, or files
 *   by their names
 * @property {Record<string, string>} [npm] packages and their versions, installed into a separate folder
 * @property {string} [server] the file of `servers/` that is run with them
 * @property {string} [node] the version of Node that it needs, if this one may be too old
 * @property {string} [timeout] a path whose upstream may be silent for one second only
 * @property {Setup[]} setups
 */

/** @type {Record<string, Host>} */
export const hosts = {
  nginx,
  haproxy,
  apache,
  caddy,
  lighttpd,
  varnish,
  squid,
  h2o,
  'traffic-server': trafficServer,
  nghttpx,
  vite,
  'webpack-dev-server-5': webpackDevServer5,
  'webpack-dev-server-6': webpackDevServer6,
  rsbuild,
  next,
  express,
  koa,
  fastify,
  h3,
}
