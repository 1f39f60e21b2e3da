export { type VendorDocument, vendorFile } from './vendor-file.ts'
