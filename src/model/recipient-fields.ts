import * as v from 'valibot';
import { text } from './fields.ts';
import { isRecipient } from './recipient.ts';

const notRecipient = 'is not the public half of an age key (age1…), or not all of it';

/** The public half of an age key. The pattern is for editors, the check for mistyped letters. */
export const recipient = () =>
  v.pipe(text(), v.regex(/^age1[02-9ac-hj-np-z]{58}$/, notRecipient), v.check(isRecipient, notRecipient));

/** Of one owner: two while a key is being rotated. */
export const recipients = () => v.array(recipient());
