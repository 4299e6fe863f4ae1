import { isGrpcServiceError } from '@temporalio/client'

/** What a server answers to what it cannot take. */
export const invalidArgument = 3

/** What a server answers where somebody else was faster. */
export const alreadyThere = 6

/** The number under which a server refused a call, if that is what an error says, or what it was caused by. https://grpc.io/docs/guides/status-codes */
export function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined
}
