import { tryCore } from './try-core.js'

void tryCore().then((seen) => postMessage(seen))
