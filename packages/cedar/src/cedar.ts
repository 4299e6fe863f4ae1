/** The one file between us and Cedar's WebAssembly build. What it parses stays in the memory of this thread, under the name given. */
export {
  checkParsePolicySet,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  schemaToText,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
export type {
  AuthorizationAnswer,
  DetailedError,
  EntityJson,
  SchemaJson,
  StatefulAuthorizationCall,
} from '@cedar-policy/cedar-wasm/nodejs'
