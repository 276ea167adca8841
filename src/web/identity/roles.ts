/**
 * The kinds of staff; what each may open stands in `../staff/access.ts`. A specialist answers in the queues they are a member of, a lead
 * looks after all queues, an editor writes what the bot answers, an officer reads who looked at whom, an admin may do all of it.
 */
export const roles = ['specialist', 'lead', 'editor', 'officer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** One member of staff as the pages know them. */
export interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** A member of staff as those who look after accounts see them. */
export interface StaffAccount extends StaffMember {
  /** May not sign in any more. */
  readonly disabled: boolean;
  readonly secondFactor: boolean;
}

/** A stored role, or undefined where it is none of ours (such an account may open nothing). */
export const parseRole = (stored: unknown): Role | undefined => roles.find((role) => role === stored);
