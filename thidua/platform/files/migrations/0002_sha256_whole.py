from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0001_stored_file"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="stored_file_sha256_whole"
            ),
        ),
    ]
