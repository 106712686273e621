namespace Actors.Silo.Storage;

/// <summary>Small named values and secrets that all processes share.</summary>
public interface ISettingStore
{
    /// <summary>The value, or null.</summary>
    ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>The value; where there is none, the one that <paramref name="create"/> makes. Of many that try at once one wins, and all get its value.</summary>
    ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken);
}
