export { mermaid } from './mermaid.ts'
export { pictureOfMember } from './picture-of-member.ts'
export { svg } from './svg.ts'
