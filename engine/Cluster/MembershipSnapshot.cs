namespace Actors.Engine.Cluster;

/// <summary>The members at one moment.</summary>
/// <param name="View">The silos that hold grains.</param>
/// <param name="Silos">All that are not dead, those that join or leave too.</param>
public sealed record MembershipSnapshot(ClusterView View, IReadOnlyList<SiloEntry> Silos)
{
    /// <summary>Those that may have to be evicted.</summary>
    public IEnumerable<SiloEntry> Doubtful => Silos.Where(silo => silo.Doubt is not Doubt.None);
}

/// <summary>What the table knows of a silo.</summary>
/// <param name="Member">Who.</param>
/// <param name="State">How far it is.</param>
/// <param name="LeaseLeft">How long its lease still lasts, by the table's clock; negative when it is over.</param>
/// <param name="Doubt">Whether somebody has to look after it.</param>
public sealed record SiloEntry(ClusterMember Member, SiloState State, TimeSpan LeaseLeft, Doubt Doubt);

/// <summary>How far a silo is in its life.</summary>
public enum SiloState
{
    /// <summary>It is a member, but holds no grains yet and may not write.</summary>
    Joining,

    /// <summary>It holds grains.</summary>
    Active,

    /// <summary>It gets no grains any more; what runs there may still write.</summary>
    Leaving,
}

/// <summary>Why a silo may have to be evicted.</summary>
public enum Doubt
{
    /// <summary>It renews, and is heard.</summary>
    None,

    /// <summary>It has not renewed in time, and nobody has said anything about it.</summary>
    Expired,

    /// <summary>Somebody does not hear it, and it has not renewed since.</summary>
    Suspected,

    /// <summary>More than half of the live silos keep saying that they do not hear it: renewing does not help it any more.</summary>
    Outvoted,
}
