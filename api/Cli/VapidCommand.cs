using Actors.Silo.Cli;
using Actors.Silo.Notifications;

namespace Actors.Api.Cli;

/// <summary>Makes a key pair by which push services know us, and writes it as settings; nothing is stored.</summary>
internal static class VapidCommand
{
    public static int Run()
    {
        var pair = VapidKeyPair.Create();
        Console.WriteLine($"Push:PublicKey={pair.PublicKey}");
        Console.WriteLine($"Push:PrivateKey={pair.PrivateKey}");
        // beside the settings, so that > file has nothing but these
        Console.Error.WriteLine("A browser's subscription belongs to the pair it was made with: with another pair all of them end, and everybody has to subscribe again.");
        Console.Error.WriteLine("Without these settings a pair is made and kept in the database. Whoever has the private key can send in your name.");
        return Exit.Done;
    }
}
