/**
 * Named points on the path of a message. The service passes them silently; a fault test stops the process at one of them, so that a
 * crash at any point of the path is a case that is tested, with real processes.
 */
export const steps = [
  'intake:before-write',
  'intake:written',
  'turn:claimed',
  'turn:decided',
  'turn:committed',
  'send:marked',
  'send:accepted',
  'send:recorded',
] as const;
export type Step = (typeof steps)[number];
/** Called at each step; returns nothing and must not throw. */
export type AtStep = (step: Step) => void;
export const passSilently: AtStep = () => undefined;
