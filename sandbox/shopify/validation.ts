/** A rule of the checkout that a Function decides on. */
export interface SandboxValidation {
  /** gid://shopify/Validation/<id> */
  id: string;
  functionHandle: string;
  title: string;
  enabled: boolean;
  blockOnFailure: boolean;
}
