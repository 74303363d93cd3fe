import { catalogue } from '../catalogue/catalogue.ts';

/** How secrets are kept, by the words of the command line. */
export const secretStrategies = ['sops', 'external-secrets', 'sealed-secrets', 'none'] as const;

export type SecretStrategy = (typeof secretStrategies)[number];

/** What a strategy makes of a declared Secret in the repository. */
interface Trait {
  /** What people call it. */
  title: string;
  /** One line: what it means for them. */
  about: string;
  /** What its file's name ends in; undefined when it has no file. */
  suffix: string | undefined;
  /** Flux decrypts the file, and needs its age key for that. */
  isDecrypted: boolean;
  /** The file follows from the model; otherwise it is sealed from values, by `secrets`. */
  isGenerated: boolean;
}

const traits: Readonly<Record<SecretStrategy, Trait>> = {
  sops: {
    title: 'SOPS with age',
    about: 'encrypted in git, nothing else to run: the usual choice',
    suffix: '.sops.yaml',
    isDecrypted: true,
    isGenerated: false,
  },
  'external-secrets': {
    title: 'External Secrets',
    about: 'AWS, GCP, Azure or Vault holds them; git names them',
    suffix: '.external-secret.yaml',
    isDecrypted: false,
    isGenerated: true,
  },
  'sealed-secrets': {
    title: 'Sealed Secrets',
    about: 'encrypted in git, opened by a controller in the cluster',
    suffix: '.sealed-secret.yaml',
    isDecrypted: false,
    isGenerated: false,
  },
  none: {
    title: 'None',
    about: 'you bring them to the cluster; git names them',
    suffix: undefined,
    isDecrypted: false,
    isGenerated: false,
  },
};

/** What a strategy means for files and their wiring. */
export function traitOf(strategy: SecretStrategy): Trait {
  return traits[strategy];
}

/** The component that carries a strategy out in the cluster; undefined for one that needs nothing besides Flux. */
export function carrierOf(strategy: SecretStrategy): string | undefined {
  return [...catalogue].find(([, { offers }]) => offers.secretStrategy === strategy)?.[0];
}
