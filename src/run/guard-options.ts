import { optionThrew } from '../errors/app.ts'

/** Returns the same options. An error that a getter throws becomes an error of kind `app` that names the option. */
export function guardOptions<Options extends object>(options: Options): Options {
  return new Proxy(options, {
    get(target, name) {
      try {
        return Reflect.get(target, name) as unknown
      } catch (thrown) {
        throw optionThrew(String(name), thrown)
      }
    },
  })
}
