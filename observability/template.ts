/** A resource of a CloudFormation template. */
export interface Resource {
  Type: string;
  /** Name of the condition without which it is not made. */
  Condition?: string;
  /** Names of those that are made before it. */
  DependsOn?: string[];
  DeletionPolicy?: 'Retain';
  UpdateReplacePolicy?: 'Retain';
  Properties: Record<string, unknown>;
}

/** Resources by logical id. */
export type Resources = Record<string, Resource>;

/** `!Sub`; `${…}` in the text is CloudFormation's. */
export const sub = (text: string) => ({ 'Fn::Sub': text });

/** `!Ref` */
export const ref = (name: string) => ({ Ref: name });

/** `!GetAtt <name>.Arn` */
export const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

/** `!If`; without an alternative, the property is left out. */
export const when = (condition: string, value: unknown, otherwise: unknown = ref('AWS::NoValue')) => ({
  'Fn::If': [condition, value, otherwise],
});

/** An IAM policy document. */
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
