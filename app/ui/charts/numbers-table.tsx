interface NumbersTableProps {
  readonly title: string;
  /** the first one names the rows */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The numbers of a chart, opened by whoever wants to read or copy them. */
export function NumbersTable({ title, columns, rows }: NumbersTableProps) {
  return (
    <details className="chart-table">
      <summary>As a table</summary>
      <div tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...values], row) => (
              // Where the clocks go back, two hours have the same name.
              <tr key={row}>
                <th scope="row">{name}</th>
                {values.map((value, index) => (
                  <td key={index} className="chart-number">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
