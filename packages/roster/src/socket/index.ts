export { connectOperations } from './connect.ts'
export { serveOperations } from './serve.ts'
