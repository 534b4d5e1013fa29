import { Anchor, Text } from "@mantine/core";
import { Link as To, useLocation, useNavigate } from "react-router";
import { ApiError } from "../base/api/errors";
import type { Link } from "../base/api/schema.gen";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskLink } from "./asking";
import { LinkForm } from "./LinkForm";
import { OpenFrame } from "./OpenFrame";
import type { AccountsWords } from "./words.en";

/** What a one-time link opens: choose a name and a password. The token stands behind the #. */
export function Component() {
  const words = useWords(accountsWords);
  const token = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const link = useAskLink(token);
  if (token === "") return <Unusable title={words.noLink}>{words.noLinkHint}</Unusable>;
  if (link.error instanceof ApiError && link.error.status === 410)
    return (
      <Unusable title={words.linkFailed}>
        {sentence(link.error.message)}
        <br />
        {sentence(link.error.hint ?? "")}
      </Unusable>
    );
  return (
    <OpenFrame
      title={link.data === undefined ? words.welcome : titleOf(link.data, words)}
      lead={leadOf(link.data, words)}
    >
      <Asked query={link} lines={4}>
        {(found) => <LinkForm token={token} link={found} onDone={() => void navigate("/", { replace: true })} />}
      </Asked>
    </OpenFrame>
  );
}

function Unusable({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const words = useWords(accountsWords);
  return (
    <OpenFrame title={title}>
      <Text size="sm">{children}</Text>
      <Anchor component={To} to="/sign-in" size="sm">
        {words.toSignIn}
      </Anchor>
    </OpenFrame>
  );
}

/** What the server says, as a sentence. */
function sentence(text: string): string {
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function titleOf(link: Link, words: AccountsWords): string {
  return link.purpose === "password" ? words.passwordTitle : words.welcome;
}

function leadOf(link: Link | undefined, words: AccountsWords): string | undefined {
  if (link === undefined) return undefined;
  if (link.person === null) return words.firstLead;
  return link.purpose === "password" ? words.passwordLead(link.person.email) : words.invitedLead(link.person.email);
}
