namespace Actors.Api.Tests.Notifications;

/// <summary>Tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class PushCollection : ICollectionFixture<PushApi>
{
    public const string Name = "push";
}
