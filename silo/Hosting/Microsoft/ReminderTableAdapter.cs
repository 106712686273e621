using Actors.Silo.Storage;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Hosting;

/// <summary>The product's reminder store as Orleans sees it. Orleans rings by its own ring of silos and needs no claims.</summary>
internal sealed class ReminderTableAdapter(IReminderStore store) : IReminderTable
{
    private const int PageRows = 10_000;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new((await store.ReadGrainAsync(grainId.Type.ToString()!, grainId.Key.ToString()!, CancellationToken.None)).Select(Entry));

    // The hash is Orleans' own, so the rows of others are read too, but not kept.
    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var ours = new List<ReminderEntry>();
        for (ReminderKey? last = null; await store.ReadPageAsync(last, PageRows, CancellationToken.None) is [.., var lastRow] page; last = lastRow.Key)
        {
            ours.AddRange(page.Select(Entry).Where(entry => IsInRange(entry.GrainId.GetUniformHashCode(), begin, end)));
        }

        return new(ours);
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        await store.ReadAsync(Key(grainId, reminderName), CancellationToken.None) is { } row ? Entry(row) : null;

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var startAt = new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc));
        return (await store.UpsertAsync(Key(entry.GrainId, entry.ReminderName), startAt, entry.Period, CancellationToken.None)).ETag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        await store.DeleteAsync(Key(grainId, reminderName), CancellationToken.None);

    public Task TestOnlyClearTable() => throw new NotSupportedException("Reminders are never cleared as a whole.");

    private static bool IsInRange(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderKey Key(GrainId grainId, string name) => new(grainId.Type.ToString()!, grainId.Key.ToString()!, name);

    private static ReminderEntry Entry(ReminderRow row) => new()
    {
        GrainId = GrainId.Create(row.Key.GrainType, row.Key.GrainKey),
        ReminderName = row.Key.Name,
        StartAt = row.StartAt.UtcDateTime,
        Period = row.Period,
        ETag = row.ETag,
    };
}
