import type { AddOptions } from './add-command.ts';
import type { ApplyOptions, DiffOptions, ResolveOptions } from './change-commands.ts';
import type { CheckOptions } from './check-command.ts';
import type { CreateOptions } from './create-command.ts';
import type { KeysOptions } from './keys-command.ts';
import type { PublishOptions } from './publish-command.ts';
import type { RemoveOptions } from './remove-command.ts';
import type { SecretsOptions } from './secrets-command.ts';

/** A command and what was said to it. */
export type RunInvocation =
  | { kind: 'run'; command: 'create'; options: CreateOptions }
  | { kind: 'run'; command: 'apply'; options: ApplyOptions }
  | { kind: 'run'; command: 'diff'; options: DiffOptions }
  | { kind: 'run'; command: 'check'; options: CheckOptions }
  | { kind: 'run'; command: 'resolve'; options: ResolveOptions }
  | { kind: 'run'; command: 'add'; options: AddOptions }
  | { kind: 'run'; command: 'remove'; options: RemoveOptions }
  | { kind: 'run'; command: 'publish'; options: PublishOptions }
  | { kind: 'run'; command: 'keys'; options: KeysOptions }
  | { kind: 'run'; command: 'secrets'; options: SecretsOptions };

/** What the words after the program's name ask for. `text` is help or the version. */
export type Invocation = { kind: 'print'; text: string } | RunInvocation;
