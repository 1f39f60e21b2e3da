// In each test process: the properties that name no seed of their own draw from the one that was printed.
import fc from 'fast-check'

const seed = Number(process.env['PROPERTY_SEED'])
if (!Number.isSafeInteger(seed)) throw new RangeError('PROPERTY_SEED must be a whole number')
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
