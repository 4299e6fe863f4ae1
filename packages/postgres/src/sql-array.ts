/**
 * Arrays in PostgreSQL's binary format. The text format has every quote and backslash of a JSON body escaped by the driver and unescaped by
 * the server, which was half of what an append cost the client. Drivers pass a Buffer on as it is.
 * https://www.postgresql.org/docs/current/protocol-overview.html (array_recv: dimensions, null flag, element type, length, lower bound)
 */

/** Object ids of the element types, which are the same in every database. */
const elementOid = { bool: 16, int8: 20, int4: 23, text: 25 } as const
/** Object ids of the array types. */
export const arrayOids = [1000, 1016, 1007, 1009] as const

const headerBytes = 20
const emptyHeaderBytes = 12
const nullLength = -1

/** Texts, or their UTF-8 bytes where somebody has made them already. */
export function textArray(values: readonly (string | Buffer | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? nullLength : Buffer.byteLength(value)))
  const size = lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), 0)
  const array = begun(elementOid.text, values.length, size)
  let at = headerBytes
  lengths.forEach((length, index) => {
    at = array.writeInt32BE(length, at)
    if (length <= 0) return
    const value = values[index]
    at += typeof value === 'string' ? array.write(value, at, length, 'utf8') : (value?.copy(array, at) ?? 0)
  })
  return array
}

export function int4Array(values: readonly (number | null)[]): Buffer {
  return fixedWidth(elementOid.int4, 4, values, (array, value, at) => array.writeInt32BE(value, at))
}

/** Safe integers as eight bytes. */
export function int8Array(values: readonly (number | null)[]): Buffer {
  return fixedWidth(elementOid.int8, 8, values, (array, value, at) => {
    array.writeInt32BE(Math.floor(value / 0x1_0000_0000), at)
    array.writeUInt32BE(value >>> 0, at + 4)
  })
}

export function boolArray(values: readonly boolean[]): Buffer {
  return fixedWidth(elementOid.bool, 1, values, (array, value, at) => array.writeUInt8(value ? 1 : 0, at))
}

function fixedWidth<Value>(
  oid: number,
  width: number,
  values: readonly (Value | null)[],
  write: (array: Buffer, value: Value, at: number) => void,
): Buffer {
  const array = begun(oid, values.length, values.length * (4 + width))
  let at = headerBytes
  for (const value of values) {
    at = array.writeInt32BE(value === null ? nullLength : width, at)
    if (value === null) continue
    write(array, value, at)
    at += width
  }
  return array.subarray(0, values.length === 0 ? emptyHeaderBytes : at)
}

function begun(oid: number, length: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(length === 0 ? emptyHeaderBytes : headerBytes + bytes)
  array.writeInt32BE(length === 0 ? 0 : 1, 0)
  array.writeInt32BE(1, 4) // "may have nulls": the server looks for itself
  array.writeInt32BE(oid, 8)
  if (length === 0) return array
  array.writeInt32BE(length, 12)
  array.writeInt32BE(1, 16)
  return array
}
