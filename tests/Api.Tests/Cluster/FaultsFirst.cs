using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Actors.Api.Tests.Cluster.FaultsFirst))]

namespace Actors.Api.Tests.Cluster;

/// <summary>Begins with the faults, which take longest and mostly wait: whatever begins last is waited for by all.</summary>
public sealed class FaultsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == FaultFixture.Name ? 0 : 1)];
}
