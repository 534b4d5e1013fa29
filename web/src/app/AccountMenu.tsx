import { ActionIcon, Avatar, Kbd, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconKeyboard, IconLogout } from "@tabler/icons-react";
import { useChooseLanguage } from "../base/language";
import { useMe } from "../base/me";
import { LANGUAGES, useLanguage, useWords } from "../base/words";
import { appWords } from "./appWords";
import { useSignOut } from "./useSignOut";

const SCHEMES = ["light", "dark", "auto"] as const;

/** Who is signed in; language, appearance, the list of keys, signing out. */
export function AccountMenu({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const words = useWords(appWords);
  const me = useMe();
  const language = useLanguage();
  const choose = useChooseLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const names = { light: words.light, dark: words.dark, auto: words.system };
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={34} radius="xl" aria-label={words.account(me.name)}>
          <Avatar size={30} color="path" variant="light" alt="" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {me.role}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{words.language}</Menu.Label>
        {LANGUAGES.map((each) => (
          <Chosen key={each.code} on={each.code === language} label={each.name} onChoose={() => choose(each.code)} />
        ))}
        <Menu.Divider />
        <Menu.Label>{words.appearance}</Menu.Label>
        {SCHEMES.map((each) => (
          <Chosen key={each} on={each === colorScheme} label={names[each]} onChoose={() => setColorScheme(each)} />
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          rightSection={<Kbd size="xs">?</Kbd>}
          aria-keyshortcuts="?"
          onClick={onShortcuts}
        >
          {words.shortcuts}
        </Menu.Item>
        {me.way === "session" && (
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            {words.signOut}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChosenProps {
  readonly on: boolean;
  readonly label: string;
  readonly onChoose: () => void;
}

function Chosen({ on, label, onChoose }: ChosenProps) {
  return (
    <Menu.RadioItem
      value={label}
      checked={on}
      closeMenuOnClick={false}
      checkIcon={<IconCheck size={14} aria-hidden />}
      onChange={onChoose}
    >
      {label}
    </Menu.RadioItem>
  );
}
