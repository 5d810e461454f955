export { adjustment, adjustPoints } from './adjust-points.ts';
export { type ReadColumns, readBalanceFile, type RefusedLine } from './balance-file.ts';
export { countBirthdays, giveBirthday, giveBirthdayPoints, type MonthDay, readBirthdays } from './birthdays.ts';
export { type Claim, claimActivity, claimReview, joinProgramme, takeBackReview } from './claim-activity.ts';
export { type Business, defaultProgramme } from './default-programme.ts';
export { type DefaultWords, wordsFor } from './default-words.ts';
export { earnForOrders } from './earn-for-orders.ts';
export { type Exchange, readExchange, readRates } from './exchange.ts';
export { readKeptProducts } from './exclusives.ts';
export { readHoldout } from './holdout.ts';
export { type HistoryRow, readHistory } from './history.ts';
export { importBalances } from './import-balances.ts';
export { endOfDay } from './local-time.ts';
export { beginProgramme, saveProgramme, switchProgramme } from './manage-programme.ts';
export {
  type Exclusive,
  pointsOf,
  type Programme,
  type ProgrammeSettings,
  programmeSettings,
  type ProgrammeStatus,
  type ProgrammeVersion,
} from './model.ts';
export { readOrderPoints } from './store-order-points.ts';
export { type OrderReasons, readReasonsOf, readReasonsOfMember, readVersions } from './store-order-reasons.ts';
export { readShownProgramme } from './published-programme.ts';
export { readEarnRule } from './published-rule.ts';
export { type Liability, readLiability, readWorth } from './report/liability.ts';
export { nothingEarned, type Simulation } from './report/simulate.ts';
export { simulateCustomers } from './report/simulate-customers.ts';
export { countBuyers, type MonthFigures, readMemberFigures, readMonths } from './report/store-report.ts';
export { worthOfPoint } from './report/worth.ts';
export { cancelRedemption } from './rewards/cancel-redemption.ts';
export { followRewardCodes } from './rewards/follow-codes.ts';
export { rewardCodes } from './rewards/issue-reward.ts';
export { redeem, type Redeemed, type RedeemWish } from './rewards/redeem.ts';
export { grantOf } from './rewards/registry.ts';
export { type RefusedReward, returnRefused } from './rewards/return-refused.ts';
export { findProgramme, readLiveShops } from './store.ts';
export { readAdjustments } from './store-adjustments.ts';
export { readReachedTiers, readRewardTitles } from './store-mail-causes.ts';
export { findMember } from './store-members.ts';
export { type MemberQuery, type MemberRow, type OtherRow, readMemberPage, readOthers } from './store-member-list.ts';
export { deleteMembers, readMembersData } from './store-person.ts';
export { standingsOf } from './store-standings.ts';
export { bringTierCodes, tierCodeKind, tierOfPurpose } from './tiers/bring-tier-codes.ts';
export { moveAllTiers } from './tiers/move-all-tiers.ts';
export { readLevels } from './tiers/read-levels.ts';
export { tellTiers } from './tiers/tell-tiers.ts';
export { pointsName, rewardTitle, tierCodeTitle, tierName, type Titled } from './untouched.ts';
export { type LoyaltyView, readLoyaltyView } from './view.ts';
export { warnOfExpiry } from './warn-of-expiry.ts';
export { welcomeAccounts } from './welcome.ts';
export { joinMembers } from './store-join.ts';
