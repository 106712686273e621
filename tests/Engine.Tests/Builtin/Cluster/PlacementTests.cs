using Actors.Engine.Cluster;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Builtin.Cluster;

public sealed class PlacementTests
{
    private const int Grains = 20_000;

    [Fact]
    public void OwnerOf_NobodyThere_IsNobody() => Assert.Null(ClusterView.Unknown.OwnerOf(Grain(1)));

    [Fact]
    public void OwnerOf_SameMembersInAnyOrder_IsTheSame()
    {
        var members = Members(5);
        var (one, other) = (new ClusterView(1, members), new ClusterView(2, members.Reverse()));

        Assert.All(Enumerable.Range(0, Grains), i => Assert.Equal(one.OwnerOf(Grain(i)), other.OwnerOf(Grain(i))));
    }

    /// <summary>What another version of the program, on another machine, must compute alike.</summary>
    [Theory]
    [InlineData("tally-reader/reader:6f1a", "s2")]
    [InlineData("certificate/certificate:0001", "s2")]
    [InlineData("certificate/certificate:0002", "s0")]
    [InlineData("campaign/campaign:été", "s1")]
    public void OwnerOf_KnownGrain_IsTheKnownSilo(string grain, string silo) =>
        Assert.Equal(silo, new ClusterView(1, Members(3)).OwnerOf(GrainId.Parse(grain))!.Id);

    [Fact]
    public void OwnerOf_ManyGrains_AreSpreadEvenly()
    {
        var view = new ClusterView(1, Members(4));

        var counts = Enumerable.Range(0, Grains).CountBy(i => view.OwnerOf(Grain(i))!.Id).Select(pair => pair.Value).ToList();

        Assert.Equal(4, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, Grains / 4 * 0.93, Grains / 4 * 1.07));
    }

    [Fact]
    public void OwnerOf_OneSiloGoes_OnlyItsGrainsMove()
    {
        var members = Members(5);
        var (before, after) = (new ClusterView(1, members), new ClusterView(2, members.Where(m => m.Id != "s3")));

        var moved = Enumerable.Range(0, Grains).Where(i => before.OwnerOf(Grain(i)) != after.OwnerOf(Grain(i))).ToList();

        Assert.NotEmpty(moved);
        Assert.All(moved, i => Assert.Equal("s3", before.OwnerOf(Grain(i))!.Id));
    }

    [Fact]
    public void OwnerOf_SiloComesBackInAnotherLife_GetsItsGrainsBack()
    {
        var members = Members(3);
        var again = members.Select(m => m.Id == "s1" ? m with { Epoch = 99 } : m);

        Assert.All(
            Enumerable.Range(0, Grains),
            i => Assert.Equal(new ClusterView(1, members).OwnerOf(Grain(i))!.Id, new ClusterView(2, again).OwnerOf(Grain(i))!.Id));
    }

    private static GrainId Grain(int number) => GrainId.Create("certificate", $"certificate:{number}");

    private static ClusterMember[] Members(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ClusterMember($"s{i}", i + 1, $"10.0.0.{i}:11111"))];
}
