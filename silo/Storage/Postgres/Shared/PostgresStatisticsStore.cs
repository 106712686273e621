using System.Collections.Immutable;
using Actors.Silo.Hosting.Statistics;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>A row per silo and life; those that were silent for an hour go when another one tells.</summary>
internal sealed class PostgresStatisticsStore(PostgresDatabase database, string cluster) : IStatisticsStore
{
    private const string Tell =
        "INSERT INTO cluster_statistics AS s (cluster, id, epoch, version, started_at, memory, grain_types, activations, calls_per_second) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (cluster, id, epoch) DO UPDATE SET version = excluded.version, "
        + "told_at = now(), memory = excluded.memory, grain_types = excluded.grain_types, activations = excluded.activations, "
        + "calls_per_second = excluded.calls_per_second RETURNING 1";

    private const string Forget = "DELETE FROM cluster_statistics WHERE cluster = $1 AND told_at < now() - interval '1 hour'";

    private const string Read =
        "SELECT id, epoch, version, started_at, memory, grain_types, activations, calls_per_second, now() - told_at FROM cluster_statistics WHERE cluster = $1";

    public async ValueTask TellAsync(SiloLife silo, SiloStatistics statistics, CancellationToken cancellationToken) =>
        await database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty,
            (batch, _) =>
            {
                var grains = statistics.Grains;
                batch.Command(Tell).With(cluster).With(silo.Silo).With(silo.Epoch).With(statistics.Version)
                    .With(statistics.StartedAt).With(statistics.MemoryBytes)
                    .Add(grains.Select(grain => grain.Type).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
                    .Add(grains.Select(grain => grain.Activations).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer)
                    .Add(grains.Select(grain => grain.CallsPerSecond).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double);
                batch.Command(Forget).With(cluster);
            },
            StatementAnswers.AnyAsync,
            cancellationToken));

    public ValueTask<IReadOnlyList<ToldStatistics>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ToldStatistics>>(Read, parameters => parameters.With(cluster), async row =>
        {
            var told = ImmutableArray.CreateBuilder<ToldStatistics>();
            while (await row.ReadAsync(cancellationToken))
            {
                var types = await row.GetFieldValueAsync<string[]>(5, cancellationToken);
                var activations = await row.GetFieldValueAsync<int[]>(6, cancellationToken);
                var calls = await row.GetFieldValueAsync<double[]>(7, cancellationToken);
                told.Add(new ToldStatistics(
                    new SiloLife(row.GetString(0), row.GetInt64(1)),
                    new SiloStatistics(
                        row.GetString(2), row.Time(3), row.GetInt64(4),
                        [.. types.Select((type, i) => new GrainStatistics(type, activations[i], calls[i]))]),
                    row.GetTimeSpan(8)));
            }

            return told.DrainToImmutable();
        }, cancellationToken);
}
