const assignment = /^(\t*)(\$\w+) (\.?=) /;

/** Statements, one an entry; assignments that follow one another get their equals signs below one another. */
export function alignAssignments(statements: readonly string[]): string[] {
  const aligned: string[] = [];
  let block: { readonly match: RegExpExecArray; readonly rest: string }[] = [];
  const flush = (): void => {
    const width = Math.max(...block.map(({ match: [, , name = '', sign = ''] }) => name.length + sign.length));
    for (const { match, rest } of block) {
      const [, indent = '', name = '', sign = ''] = match;
      aligned.push(`${indent}${name.padEnd(width - sign.length)} ${sign} ${rest}`);
    }
    block = [];
  };
  for (const statement of statements) {
    const match = assignment.exec(statement);
    if (!match || match[1] !== block[0]?.match[1]) flush();
    if (match) block.push({ match, rest: statement.slice(match[0].length) });
    else aligned.push(statement);
  }
  flush();
  return aligned;
}
