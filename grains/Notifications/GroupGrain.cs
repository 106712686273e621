using System.Collections.Immutable;
using Orleans;

namespace Actors.Notifications;

/// <inheritdoc cref="IGroupGrain"/>
internal sealed class GroupGrain(IGroupStore groups, TimeProvider time) : Grain, IGroupGrain
{
    private string Id => GroupKey.Parse(this.GetPrimaryKeyString()).Id;

    public Task ReplaceAsync(ImmutableArray<string> users) => groups.ReplaceAsync(Id, users, time.GetUtcNow(), CancellationToken.None).AsTask();

    public Task AddAsync(ImmutableArray<string> users) => groups.AddAsync(Id, users, time.GetUtcNow(), CancellationToken.None).AsTask();

    public Task<int> RemoveAsync(ImmutableArray<string> users) => groups.RemoveAsync(Id, users, CancellationToken.None).AsTask();

    public async Task<GroupPage> ListAsync(string? after, int limit) => new(
        await groups.ListAsync(Id, after, until: null, limit, CancellationToken.None), await groups.CountAsync(Id, CancellationToken.None));
}
