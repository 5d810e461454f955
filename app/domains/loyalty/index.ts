export { adjustment, adjustPoints } from './adjust-points.ts';
export { giveBirthday, giveBirthdayPoints, type MonthDay } from './birthdays.ts';
export { type Claim, claimActivity, joinProgramme } from './claim-activity.ts';
export { type Business, defaultProgramme } from './default-programme.ts';
export { earnForOrders } from './earn-for-orders.ts';
export { type HistoryRow, readHistory } from './history.ts';
export { beginProgramme, saveProgramme, switchProgramme } from './manage-programme.ts';
export {
  pointsOf,
  type Programme,
  type ProgrammeSettings,
  programmeSettings,
  type ProgrammeStatus,
  type ProgrammeVersion,
  versionAt,
} from './model.ts';
export { cancelRedemption, redeem, type RedeemWish } from './rewards/redeem.ts';
export { findProgramme, readLiveShops, readRules } from './store.ts';
export { deleteMembers, readMembersData } from './store-person.ts';
export { moveAllTiers } from './tiers/move-all-tiers.ts';
export { type LoyaltyView, readLoyaltyView } from './view.ts';
export { welcomeAccounts } from './welcome.ts';
