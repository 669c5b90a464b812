BEGIN TRANSACTION;
CREATE TABLE events (
	meeting VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"by" VARCHAR, 
	cause VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	data VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, seq), 
	UNIQUE (meeting, cause, part)
);
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"casting_vote":true,"roll_call":"1/3","secret":"1/3"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','6a13f4408366389739c7840bfa1a2d7cf031184e3e4718a6bd14bbf4fba5a5f2');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','4fdd12113ca23d8b2caaee1c1c5028d19b28c48caaf854b166dda1579d2b7f5b');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','f1642f71983bbd5fc8a605695ca55eca4a14658ba015315d2880e557f90f3e95');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','703fa6871b564b20f1d169e0a29112044e3e9b9a761cf3bfbdb7ded23069c3c2');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','8e12ca729d5f5b8e7a439481c7c2f8b2acb542e728295ff389a9f43e944bfbda');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','762247d8408905a4d00d0fdce656b3e440919d5735808143f2ca9e3f0ec5dc49');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','c2d05808a543bac90c585dec2cf21026fdf81deb8622287ad9138787a6801a6c');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','50d163d07187a78c4280d4dc1fd5498f4d423e763c78ed39fa5a347384148155');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','5b94b7837b07cbef76eecf038ccdbb076e39a29d47c5a7fac1ed846c5829a28b');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','66be085b91a27fbb1fd782e3e92580551c8d90d214c701d0d0793b58aaadef71');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','9f764bbfa5b8254f075d85a3765920258fe9ba1faacfac192c5973e46f74f62e');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','77d8829be89dc4f999879b1139852abb8a1b80b665f133ee88f06b1b72f5f900');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','5e23b894f1ae6051c85211e38e001d4dde51da095beba92e76536cf317e33b6a');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','4a2ec3329bdb5818f5b0b2685ace7c646962a526773dc75d6390d99fc1c28000');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','f85264aa81b3003e3580e843af24a1d05f24a997e04aed25926cbf95827913ca');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','e9599be84684a61e71dd2e1eceb6ada485734ba9d079d9c29fdc273d117144a4');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','a0e335fa1163265b7b1c9995cb6f87f4dec8946ca1f2b75f586e9ce9c84cf938');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','9c6b0449594517212d2f4b18bbd755fb7580d5f752fa5c57e8c9a4a76c1dbd1d');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','dd78b8d86fd8fad5423268f208607059bfb0519939189f27f0e0802b282a085d');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','091034207b306d627481cbd73286d98cd39507a90dde20ece4d2c2cb2de119c4');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','e1c29017a5a892cf593a2ef1c67d0d5e6e9f053985a9ede64acd40d571dc303f');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","motion":"motion é","secret":true}','2490c5936d6254f7fe26892c3974d2c6fb214539877dd4f17e64165517841ca0');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast','{"ballot":"ballot","choice":"for","member":"member","proxy":"proxy"}','1ce5834645359467b287a0969e5e2906d6a9c98e1152aa151c76b6040e447b5d');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','480861f5a5cdb5193c63307d9ed98eb9b97f279bbf221541bfe6d1bdbc8d3ee1');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'BallotClosed','{"ballot":"ballot","decision":"decision","outcome":"adopted","tally":{"abstain":1,"against":1,"for_":1,"out":1},"why":"majority"}','8c9bacd1e2ce2ca5565256553c64a346ebb3cd6ebff3230b89b03e7895acbb80');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'RecordingStarted','{}','db13c1334319d4b09f6af193e687cca599382e4dbd8812fc0886e978b049f560');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','b7bc4e3f0f644ab821d5fbda2b7c292a63e61bceb071da95c04a0b4011a5fd04');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingTroubled','{"code":"code"}','279da30d55ad2bebc86ba36572f5ad24a83424418e82d6a5fc4bbda357b7ad94');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingStopped','{}','423dd335a65012d40258f7bee41a4557f80c1532544217d9ba3077fff1bae59a');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','fe9cf2c3b3bdace10676c1d0d9ff309b6a3959d0920aaf92a6477168f23409ae');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','03660f4ce1355e6ba7bd24e7ddc26486658231e3e6730c5192314f15336360b9');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'MinutesDrafted','{"digest":"digest"}','946476b4aaaef5feaee662738611e370cefb962e2a1da546a7b6fd31da16ccdf');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'Posted','{"ref":"ref","surface":"surface"}','6e645f84b9d15e646fa0e266bc3800e5ac98b612e218ba7ad6d84832557b154d');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','f4013760177b275e9d0472d95e6c965c2fd069628a182f150fce8c9038e04410');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Resumed','{}','d9371d4d6d567a48f55b51d70abc0538b326ecc1b2dbfd7283ea348838662497');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'ClosedSessionAsked','{"member":"member"}','35c093c68330072f33f7ad0b9640f5a12558933f94ab0c760344cdae33dc084c');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'ClosedSessionPut','{"ballot":"ballot"}','5f23e2c7c2c36c7471843a8f0e814cb780ab49875a70f2b329dc8bf9d78367d7');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionBegun','{"ballot":"ballot"}','53d3cf012276b657b860563924beabb597758e8d76cda15583b348700bc8b1f1');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionEnded','{}','c0ca8621c204786233dff1f85760ac43ebe711e2d9e79e924351f4205f1f03a3');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ItemMoved','{"before":1,"number":1}','f9b3f3007dbd92935d5eb8103c20638cf95efb09c86b98655ad8caab540ed097');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ItemWithdrawn','{"number":1}','4ff250c587d01a7d95a3b09a6a028cb9642bd6b424f0e8e18e8d5b7f7a1e6301');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemPostponed','{"number":1}','2457b1a670e991b18f485f5b791b4c9cea5ef4857f5c5b2101800802f0b4078e');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','5dd1b747847f203a8b432346419277d844c58b3610300b51ec30de01936df059');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'GavelHanded','{"member":"member"}','148e38c54bb3c411b5705ce1a738b93bf949f6229299b7ac9b54814258be6108');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'Excused','{"member":"member"}','dd4cbe93479160a40272cc6b0ba501c165799a4c39b0aa29c4f126896c425a84');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'ExcuseWithdrawn','{"member":"member"}','c7894628f435a473dde6a1de1a43c56dea9eab33155f9bbdea5423ab20245663');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'QuorumLost','{"needed":1,"present":1}','f7d0991c67a9763029965bf3a82cbfb34ad317a8d4cb82ae7aed16dad2a4cadd');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'QuorumRegained','{"needed":1,"present":1}','218a4ee799cd35a189ee84388fdd4d3b6e4b5b749262de33c198381b54d4867c');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','034e5385499db9b51e0335c20afd3bd4767ea6994a31c9dd93dac7c9ac78f17c');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'Rescheduled','{"ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"place":"place","starts":"2026-11-22T17:30:00Z"}','03a3fddd16e4bcab708a272e729c4942dd725a5a53ce9b23e388b1f5e892749e');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'AgendaRevised','{"entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"title":"title é"}','352fb619af2e37e9c294c93426982d0473f7c626f66e6414baf3f5b605fc0707');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'Cancelled','{"reason":"calendar"}','89b47133e3375b32f785699417a84c9164f40c5663fc5e3f31bdae0d28637a46');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'Reinstated','{}','78d7a5d39c0c8940febde8d1e46c89d1cbeaaab554810d6a9823597f2502a83b');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'WentMissing','{}','4be4298c0f9d7cb17e02368cb7aebdf826ece7562cffa39bed79759a17180efd');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'MissingKept','{}','c7b45455370ab147251bd80eecabf3bf2dbc7577a34eb45a9ace62f2a0299501');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'FoundAgain','{}','c1a7fc0bfa97eee3eed7aa463564ec6f7f9c80a44ca4f631ea5fcfb94444bd61');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'CalendarTroubled','{"code":"code","fields":{"fields":"fields"},"source":"source"}','1e93f10d26ea4447f5c29e2cec0c06c3115c2eff7f837e7a152c734ff8aef4c7');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'CalendarReadAgain','{"source":"source"}','21a2583e6b7c57ea166574f08ae3112c2184fddf39a3d3cd259a71a15cbb4863');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'RosterRevised','{"roster":[{"college":"college","member":"member","role":"chair"}]}','ebaa32e389b81bdf364d56a4c8936e83a810ec89225311dd36ecf7e1f8c6a39e');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'RulesRevised','{"rules":{"ballots":{"casting_vote":true,"roll_call":"1/3","secret":"1/3"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true}}}','e14b47bec2fcb154ba828e150944bdef67c6d7b1bbeb4f6d60320444b747072b');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'ProxiesCarried','{"proxies":[{"giver":"giver","holder":"holder","meetings":1}]}','a5856c9558bc3260a31cb56cbd38037d2c2ecaf7c3236c3a084a470f381f33ac');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'Summoned','{}','d52c40027dd5ad4b8ca9ce880798facf149bfde2431d81fd7c0a7696287bf4c4');
INSERT INTO "events" VALUES('conseil-2026-11-22',63,'2026-11-22T17:31:03.000000+00:00','anne','act63',0,'Reminded','{"before":"P1D"}','2e9e57f4983a936bcdce46952677c60c185cff61aecc9a8be50005f2f905801f');
INSERT INTO "events" VALUES('conseil-2026-11-22',64,'2026-11-22T17:31:04.000000+00:00','anne','act64',0,'ItemProposed','{"minutes":1,"proposal":"proposal","title":"title é"}','edd5e249fa6a83e08dda6b8a022783d113b1e7553212a82203d55e6e23e2b622');
INSERT INTO "events" VALUES('conseil-2026-11-22',65,'2026-11-22T17:31:05.000000+00:00','anne','act65',0,'ProposalAccepted','{"proposal":"proposal"}','3acc815333c16cb0122cba95d5242417b0465a68440d0bbaab033fdc16757310');
INSERT INTO "events" VALUES('conseil-2026-11-22',66,'2026-11-22T17:31:06.000000+00:00','anne','act66',0,'ProposalDeclined','{"proposal":"proposal"}','a5d7a56e16dc884f89b1e81de7697f43f17a15ef98f5864a747e0e2cdc5ce734');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	choice VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('90ad99f9d0643fbe3152134292dd3ae6','ballot','for');
CREATE TABLE words (
	utterance VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	doubtful INTEGER NOT NULL, 
	PRIMARY KEY (utterance)
);
INSERT INTO "words" VALUES('utterance','conseil-2026-11-22','Bonsoir à tous.','fr',-0.25,1);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_urn_ballot ON urn (ballot);
CREATE INDEX ix_words_meeting ON words (meeting);
COMMIT;
