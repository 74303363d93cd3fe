import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Model, Team } from '../../src/model/model.ts';
import { environmentsOf, placesOf, teamsIn, teamsOn } from '../../src/model/teams.ts';

const environments = ['development', 'production', 'staging'];
const names = ['a', 'b', 'c', 'd', 'e'];
const some = (of: string[]) => fc.option(fc.subarray(of, { minLength: 1 }), { nil: undefined });

const models = fc.record({
  clusters: fc.dictionary(fc.constantFrom(...names), fc.record({ environment: fc.constantFrom(...environments) })),
  teams: fc.dictionary(
    fc.constantFrom('search', 'shop'),
    fc.record({ source: fc.constant('path'), clusters: some(names), environments: some(environments) }),
  ),
});

test('who is on a cluster and in an environment is what the places of each team say', () => {
  fc.assert(
    fc.property(models, (parts) => {
      // only these parts of a model are looked at
      const model = parts as unknown as Model;
      const teams = Object.entries<Team>(model.teams).sort(([one], [other]) => (one < other ? -1 : 1));
      const those = (isOne: (team: Team) => boolean) => teams.filter(([, team]) => isOne(team)).map(([name]) => name);
      for (const name of names)
        expect(teamsOn(model, name)).toEqual(
          those((team) => placesOf(model, team).some(({ cluster }) => cluster === name)),
        );
      for (const name of environments)
        expect(teamsIn(model, name)).toEqual(those((team) => environmentsOf(model, team).includes(name)));
    }),
  );
});
