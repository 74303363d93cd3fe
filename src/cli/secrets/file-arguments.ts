import { Option } from 'commander';
import { changeFlags } from '../change-options.ts';
import { collect, onlyText, type Said, textsOf } from '../said-by.ts';

/** Which Secret's file: by path, or by name with whose it is and where. */
export interface FileTarget {
  /** FILE or NAME, as typed. */
  file: string;
  app: string | undefined;
  component: string | undefined;
  cluster: string | undefined;
  team: string | undefined;
  notification: string | undefined;
  environment: string | undefined;
}

const flags = {
  app: "the app's Secret of that name",
  component: "the component's",
  cluster: "the cluster's",
  team: "the team's",
  notification: "the notification's",
  environment: 'the one of this environment',
} as const;

/** Flags that say which Secret a name means. */
export function targetFlags(): Option[] {
  return Object.entries(flags).map(([flag, about]) =>
    new Option(`--${flag} <${flag}>`, about).argParser(collect).helpGroup('Which one, by name:'),
  );
}

/** @throws ExpectedError (exit 2) for a flag that is given twice or empty */
export function targetOf(file: string, said: Said): FileTarget {
  const one = (flag: keyof typeof flags) => onlyText(`--${flag}`, textsOf(flag, said));
  return {
    file,
    app: one('app'),
    component: one('component'),
    cluster: one('cluster'),
    team: one('team'),
    notification: one('notification'),
    environment: one('environment'),
  };
}

/** Flags of a verb that decrypts a file and writes it: as those of every change, but that keys are read, not made. */
export function decryptingFlags(): Option[] {
  return [...changeFlags().filter((option) => option.attributeName() !== 'keysDir'), identityFlag()];
}

/** Where to find private keys, for verbs that decrypt. */
export function identityFlag(): Option {
  return new Option('--keys-dir <dir>', 'where the private keys are (default: in ~/.config)')
    .argParser(collect)
    .helpGroup('Behaviour:');
}
