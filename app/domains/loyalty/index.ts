export { beginProgramme, saveProgramme, switchProgramme } from './manage-programme.ts';
export { type Business, defaultProgramme } from './default-programme.ts';
export { earnForOrders, settleOrders } from './earn-for-orders.ts';
export { forgetMembers } from './forget-members.ts';
export {
  pointsOf,
  type Programme,
  type ProgrammeSettings,
  programmeSettings,
  type ProgrammeStatus,
  type ProgrammeVersion,
  versionAt,
} from './model.ts';
export { findProgramme, readLiveShops, readRules } from './store.ts';
export { readMembersData } from './store-person.ts';
export { welcomeAccounts } from './welcome.ts';
