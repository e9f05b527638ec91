/**
 * The stages of the service. A stage is an alias of the functions, not a stack of its own
 * (docs/adr/0003-stage-is-an-alias.md). The regional platform calls `prod`.
 */
export const stages = ['prod', 'staging', 'dev'] as const;

export type Stage = (typeof stages)[number];

export const isStage = (text: string): text is Stage => (stages as readonly string[]).includes(text);
