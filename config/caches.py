"""What all processes share: each kind of cache, made so that two of them never count one thing."""

import base64
import fcntl
import pickle
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connections, router, transaction


class EnBase(DatabaseCache):
    """A table of the database, where several machines have nothing else in common."""

    compte_par_lots = True  # a write of any kind makes the kept public pages anew

    def incr(self, key, delta=1, version=None):
        """As Django's, under the lock of the row (PostgreSQL: SQLite counts in a folder)."""
        cle = self.make_and_validate_key(key, version=version)
        base = router.db_for_write(self.cache_model_class)
        connexion = connections[base]
        table = connexion.ops.quote_name(self._table)
        with transaction.atomic(using=base), connexion.cursor() as curseur:
            verrou = (
                connexion.ops.for_update_sql() if connexion.features.has_select_for_update else ""
            )
            curseur.execute(f"SELECT value FROM {table} WHERE cache_key = %s {verrou}", [cle])
            lue = curseur.fetchone()
            if lue is None:
                raise ValueError(f"Key '{key}' not found")
            valeur = pickle.loads(base64.b64decode(lue[0].encode())) + delta
            ecrite = base64.b64encode(pickle.dumps(valeur, self.pickle_protocol)).decode("latin1")
            curseur.execute(f"UPDATE {table} SET value = %s WHERE cache_key = %s", [ecrite, cle])
        return valeur


class EnFichiers(FileBasedCache):
    """A folder of the machine: SQLite has one writer, who may be writing a long import."""

    @contextmanager
    def _seul(self):
        self._createdir()
        with (Path(self._dir) / "verrou").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            yield

    def add(self, *args, **kwargs):
        with self._seul():
            return super().add(*args, **kwargs)

    def incr(self, *args, **kwargs):
        with self._seul():
            return super().incr(*args, **kwargs)


def _en_panne_de_base(methode):
    """Redis away is told as the database away is: 503, a page that needs neither."""

    @wraps(methode)
    def appeler(*args, **kwargs):
        from redis.exceptions import ConnectionError, TimeoutError

        try:
            return methode(*args, **kwargs)
        except (ConnectionError, TimeoutError) as erreur:
            raise OperationalError(f"Redis ne répond pas : {erreur}") from erreur

    return appeler


class EnRedis(RedisCache):
    """What must hold for all: without it, nothing is promised."""

    add = _en_panne_de_base(RedisCache.add)
    get = _en_panne_de_base(RedisCache.get)
    set = _en_panne_de_base(RedisCache.set)
    incr = _en_panne_de_base(RedisCache.incr)
    delete = _en_panne_de_base(RedisCache.delete)


class DessinsEnRedis(EnRedis):
    """What can be made again: without Redis, it is, and by each release, which draws as it does."""

    def make_key(self, key, version=None):
        from territoires.carte.reponses import version_du_code  # no cache is made before the apps

        return super().make_key(f"{version_du_code()}-{key}", version)

    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except OperationalError:
            return default

    def set(self, *args, **kwargs):
        try:
            super().set(*args, **kwargs)
        except OperationalError:
            return

    def add(self, *args, **kwargs):
        try:
            return super().add(*args, **kwargs)
        except OperationalError:
            return False
