import {
  ClockIcon,
  CreditCardIcon,
  DiscountIcon,
  EmailIcon,
  HomeIcon,
  LightbulbIcon,
  PackageIcon,
  PersonAddIcon,
  PersonSegmentIcon,
  ReceiptIcon,
  RewardIcon,
  SettingsIcon,
  StarIcon,
  TargetIcon,
} from '@shopify/polaris-icons';

/** The app's entries in the menu, whoever draws it. */
export const sections = [
  { url: '/', label: 'Home', icon: HomeIcon },
  { url: '/bundles', label: 'Bundles', icon: PackageIcon },
  { url: '/bundle-ideas', label: 'Bundle ideas', icon: LightbulbIcon },
  { url: '/recommendations', label: 'Recommendations', icon: StarIcon },
  { url: '/order-offers', label: 'After purchase', icon: CreditCardIcon },
  { url: '/experiments', label: 'Experiments', icon: TargetIcon },
  { url: '/segments', label: 'Segments', icon: PersonSegmentIcon },
  { url: '/personal-offers', label: 'Personal offers', icon: DiscountIcon },
  { url: '/emails', label: 'E-mails', icon: EmailIcon },
  { url: '/loyalty', label: 'Loyalty', icon: RewardIcon },
  { url: '/referrals', label: 'Referrals', icon: PersonAddIcon },
  { url: '/ledger', label: 'Ledger', icon: ReceiptIcon },
  { url: '/activity', label: 'Activity', icon: ClockIcon },
  { url: '/settings', label: 'Settings', icon: SettingsIcon },
] as const;
