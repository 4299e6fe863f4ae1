import { shop } from './shop.ts'

export default shop(process.env['ROSTER_FOLDER'] ?? '')
