using Actors.Silo.Storage;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <summary>Our key pair: that of the settings, else one made at the first need and kept in the database, so that all processes have the same.</summary>
public sealed class VapidKeys(IOptions<PushSettings> settings, ISettingStore store)
{
    private const string KeyName = "vapid-key";

    private VapidKeyPair? _pair;

    /// <summary>The pair.</summary>
    public async ValueTask<VapidKeyPair> GetAsync(CancellationToken cancellationToken) => _pair ??=
        settings.Value is { PublicKey: { } publicKey, PrivateKey: { } privateKey }
            ? VapidKeyPair.TryParse(publicKey, privateKey, out var pair, out var wrong) ? pair : throw new InvalidDataException(wrong)
            : VapidKeyPair.FromPrivate(await store.GetOrCreateAsync(KeyName, static () => VapidKeyPair.Create().PrivateKeyBytes, cancellationToken))
                ?? throw new InvalidDataException($"The setting {KeyName} in the database is no key of P-256.");
}
