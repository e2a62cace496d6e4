// Queries to start from. A test runs each of them and compares its answer with Python's SQLite.

export const EXAMPLES = [
  {
    title: "Sample returns and what they brought",
    sql: `SELECT name, launch_date, sample_mass_g
FROM missions
WHERE sample_mass_g IS NOT NULL
ORDER BY sample_mass_g_upper DESC`,
  },
  {
    title: "Landings before 1970, by what is known of the day",
    sql: `SELECT name, country, landing_date, landing_date_lower, landing_date_upper
FROM missions
WHERE landing_date_upper < '1970-01-01'
ORDER BY landing_date_lower`,
  },
  {
    title: "Partners of the International Lunar Research Station",
    sql: `SELECT a.name, p.role, p.level, p.status, p.joined
FROM partners AS p JOIN actors AS a ON a.id = p.partner
WHERE p.programme = 'ilrs'
ORDER BY p.joined_lower, a.name`,
  },
  {
    title: "Signatories of the Artemis Accords by year",
    sql: `SELECT substr(signed_lower, 1, 4) AS year, count(*) AS signatories
FROM parties
WHERE agreement = 'artemis-accords' AND signed IS NOT NULL
GROUP BY year
ORDER BY year`,
  },
  {
    title: "Missions by country and outcome",
    sql: `SELECT a.name AS country, m.outcome, count(*) AS missions
FROM missions AS m JOIN actors AS a ON a.id = m.country
WHERE m.outcome IS NOT NULL
GROUP BY a.name, m.outcome
ORDER BY missions DESC, country`,
  },
  {
    title: "What is planned next",
    sql: `SELECT date, name, happening
FROM timeline
WHERE planned = 1 AND date_lower >= '2026-01-01'
ORDER BY date_lower, name
LIMIT 40`,
  },
  {
    title: "Names of Chang'e 6 in other languages",
    sql: `SELECT name, language, kind
FROM names
WHERE record = 'missions/change-6'
ORDER BY language, name`,
  },
  {
    title: "On what sources contradict each other most (loads the ledger)",
    sql: `SELECT "table", field, count(*) AS cells
FROM contested
GROUP BY "table", field
ORDER BY cells DESC, "table", field
LIMIT 20`,
  },
  {
    title: "Every claim on the launch of Queqiao-2 (loads the ledger)",
    sql: `SELECT value, standing, title, tier, date, locator
FROM evidence
WHERE "table" = 'missions' AND record = 'queqiao-2' AND field = 'launch_date'
ORDER BY standing, date_lower`,
  },
];
