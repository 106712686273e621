namespace Actors.Silo.Hosting;

/// <summary>Tells when grains may have moved to other silos, so that what they held weakly is given to them again.</summary>
public interface IClusterChanges
{
    /// <summary>Calls back after each change of the silos that this process learns of; handlers return at once.</summary>
    void OnChanged(Action handler);
}

/// <summary>An engine that does not tell: whoever depends on it looks from time to time anyhow.</summary>
internal sealed class NoClusterChanges : IClusterChanges
{
    public void OnChanged(Action handler)
    {
        // Nothing ever changes.
    }
}
