namespace Actors.Engine.Runtime;

/// <summary>The life of an activation; it only goes forward.</summary>
internal enum ActivationStatus : byte
{
    /// <summary>In the catalog, nothing has arrived yet.</summary>
    New,

    /// <summary>State is loading or OnActivateAsync runs; calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>Running calls end, new ones wait.</summary>
    Draining,

    /// <summary>OnDeactivateAsync runs; calls wait.</summary>
    Deactivating,

    /// <summary>Out of the catalog; what arrives goes to the next activation.</summary>
    Gone,
}
