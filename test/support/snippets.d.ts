/** The modules of other packages that the snippets of the guides import, and that are not installed here. */
declare module 'expo/fetch' {
  export const fetch: unknown
}
declare module 'react-router' {
  export interface ActionFunctionArgs {
    request: Request
  }
}
declare module '@tanstack/react-router' {
  interface Handlers {
    [method: string]: (context: { request: Request }) => Promise<Response>
  }
  export function createFileRoute(
    path: string,
  ): (options: { server: { handlers: Handlers } }) => object
}
declare module '*/completion.server' {
  export function POST(request: Request): Promise<Response>
}
