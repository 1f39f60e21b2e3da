export { faultOfKurrentUrl } from './address.ts'
export { missingKurrentDriver } from './driver.ts'
export {
  type KurrentEventStoreOptions,
  kurrentBookIsThere,
  kurrentEventStore,
  kurrentEventStoreLayer,
} from './event-store.ts'
