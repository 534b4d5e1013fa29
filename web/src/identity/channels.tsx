import {
  IconBuildingStore,
  IconDeviceMobile,
  IconFileInvoice,
  IconMail,
  IconMessageCircle,
  IconPhone,
  IconPoint,
  IconStar,
  IconTicket,
  IconUsersGroup,
  IconWorld,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

const ICONS: readonly (readonly [RegExp, ComponentType<{ readonly size?: number; readonly stroke?: number }>])[] = [
  [/phone|call|voice|ivr|telefon/i, IconPhone],
  [/chat|messag|whatsapp|sms|bot/i, IconMessageCircle],
  [/mail|letter|newsletter/i, IconMail],
  [/app|mobile/i, IconDeviceMobile],
  [/web|site|search|online/i, IconWorld],
  [/store|shop|branch|till|pos/i, IconBuildingStore],
  [/bill|invoice|payment/i, IconFileInvoice],
  [/survey|review|rating/i, IconStar],
  [/social|community|forum/i, IconUsersGroup],
  [/crm|case|ticket/i, IconTicket],
];

/** The picture of a channel; its name stands beside it wherever it is shown. */
export function ChannelIcon({ channel, size = 16 }: { readonly channel: string; readonly size?: number }) {
  const Icon = ICONS.find(([pattern]) => pattern.test(channel))?.[1] ?? IconPoint;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
