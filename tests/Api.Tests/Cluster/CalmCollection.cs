namespace Actors.Api.Tests.Cluster;

/// <summary>Tests on a cluster of processes that demand that no call fails: they run when nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CalmCollection : ICollectionFixture<FaultFixture>
{
    public const string Name = "calm";
}
