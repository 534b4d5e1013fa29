import {
  IconBuildingStore,
  IconDeviceMobile,
  IconDeviceTv,
  IconHeartHandshake,
  IconMail,
  IconMailbox,
  IconMapPin,
  IconMessage,
  IconMessageCircle,
  IconMessages,
  IconPackage,
  IconPhone,
  IconPoint,
  IconSocial,
  IconTerminal2,
  IconUser,
  IconVideo,
  IconWorld,
} from "@tabler/icons-react";

const ICONS = {
  web: IconWorld,
  app: IconDeviceMobile,
  email: IconMail,
  sms: IconMessage,
  messaging: IconMessages,
  chat: IconMessageCircle,
  phone: IconPhone,
  video: IconVideo,
  store: IconBuildingStore,
  person: IconUser,
  site: IconMapPin,
  mail: IconMailbox,
  social: IconSocial,
  media: IconDeviceTv,
  kiosk: IconTerminal2,
  product: IconPackage,
  partner: IconHeartHandshake,
} as const;

/** The icon of a channel, with its name for those who do not see it. */
export function ChannelIcon({ channel }: { readonly channel: string | undefined }) {
  const Icon = channel !== undefined && channel in ICONS ? ICONS[channel as keyof typeof ICONS] : IconPoint;
  if (channel === undefined) return <Icon size={14} stroke={1.7} aria-hidden />;
  return (
    <span role="img" aria-label={channel} title={channel} style={{ display: "inline-flex" }}>
      <Icon size={15} stroke={1.7} aria-hidden />
    </span>
  );
}
