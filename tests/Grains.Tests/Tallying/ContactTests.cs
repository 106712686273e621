using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>When each reader's page was last heard of, scanning or not.</summary>
public sealed class ContactTests
{
    [Fact]
    public async Task Contacts_OfPagesThatAreConnectedOrSynchronise_AreKnown()
    {
        await using var world = await TallyWorld.StartAsync();
        var (north, south, east) = (await world.NewReaderAsync("North"), await world.NewReaderAsync("South"), await world.NewReaderAsync("East"));
        await ConnectedPage.OpenAsync(world, north);
        await world.SyncAsync(south);
        var before = world.Now;

        var contacts = await ReadAsync(world, 2);
        Assert.Equal(["North", "South"], contacts.Select(contact => contact.Name).Order());
        Assert.All(contacts, contact => Assert.Equal(before, contact.At));
        Assert.DoesNotContain(contacts, contact => contact.Reader == east);

        await world.SyncAsync(south);
        var later = world.Now;
        while ((await ReadAsync(world, 2)).Single(contact => contact.Reader == south).At != later)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Processes report in intervals: the clock goes on until so many are known.</summary>
    private static async Task<ImmutableArray<ReaderContact>> ReadAsync(TallyWorld world, int count)
    {
        var directory = world.Cluster.Grains.GetReaderDirectoryGrain(new CampaignKey(TallyWorld.Campaign));
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            world.PassSeconds(1);
            var contacts = await directory.ReadContactsAsync();
            if (contacts.Length >= count)
            {
                return contacts;
            }
        }
    }
}
