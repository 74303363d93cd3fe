import { Option } from 'commander';
import { collect, onlyText, type Said, textsOf } from './said-by.ts';

/** How a provider is reached. */
export interface ReachOptions {
  /** The token comes on standard input. */
  tokenStdin: boolean;
  /** `--ca-file`, as typed. */
  caFile: string | undefined;
}

/** For commands that speak with a provider. */
export function reachFlags(): Option[] {
  return [
    new Option(
      '--token-stdin',
      'read the token from standard input (default: GITHUB_TOKEN or for other GitHub servers GH_ENTERPRISE_TOKEN, GITLAB_TOKEN, GITEA_TOKEN)',
    ),
    new Option('--ca-file <file>', "certificate of the server's own authority, as PEM").argParser(collect),
  ].map((option) => option.helpGroup('Provider:'));
}

export function reachOptions(said: Said): ReachOptions {
  return { tokenStdin: said.get('tokenStdin') === true, caFile: onlyText('--ca-file', textsOf('caFile', said)) };
}
